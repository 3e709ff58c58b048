import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import GroupsPage from "../features/courses/routes/groups-page";
import { CourseStandingContext } from "../lib/course-standing";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const me = { user_id: 5, name: "Leo Learner" };
const session = {
  user: { ...me, email: "", locale: null, time_zone: null, avatar_url: null, pronouns: null },
  institution: { slug: "x", name: "X", accent: null, logo_url: null, locale: null },
  csrf_token: "t",
  roles: [],
  permissions: [],
};

async function open(
  selfSignUp: boolean,
  join = { status: 200 } as { status: number; body?: unknown },
) {
  const red = { group_id: 1, group_set_id: 9, name: "Red", size_limit: null, members: [me] };
  const groups = [
    red,
    { ...red, group_id: 2, name: "Blue", members: [] },
    {
      ...red,
      group_id: 3,
      name: "Full house",
      size_limit: 1,
      members: [{ user_id: 8, name: "Ada" }],
    },
  ];
  const set = { group_set_id: 9, name: "Projects", self_sign_up: selfSignUp, size_limit: 4 };
  const calls = stubFetch([
    [/GET .*\/group-sets$/, () => ({ body: { items: [set], next: null } })],
    [/GET .*\/groups$/, () => ({ body: { items: groups, next: null } })],
    [/GET \/sessions\/current/, () => ({ body: session })],
    [/PUT /, () => ({ body: red, ...join })],
    [/DELETE /, () => ({ status: 200 })],
  ]);
  const standing = { permissions: new Set(["group.read", "group.join"]), zone: "UTC", title: "" };
  await renderAt(
    "/",
    <CourseStandingContext value={standing}>
      <GroupsPage />
    </CourseStandingContext>,
  );
  await screen.findByText("Full house");
  return calls;
}

const card = (name: string) =>
  within(screen.getByRole("heading", { name }).closest("article") as HTMLElement);

describe("groups learners choose themselves", () => {
  it("offer to join, to leave one's own, and say which are full", async () => {
    const user = userEvent.setup();
    const calls = await open(true);
    await card("Red").findByText("Your group");
    expect(card("Full house").getByText("Full")).toBeTruthy();
    await user.click(card("Blue").getByRole("button", { name: "Join Blue" }));
    await user.click(card("Red").getByRole("button", { name: "Leave Red" }));
    const sent = calls.filter((call) => call.method !== "GET");
    expect(sent.map((call) => `${call.method} ${call.path}`)).toEqual([
      "PUT /groups/2/members/me",
      "DELETE /groups/1/members/me",
    ]);
  });

  it("say why somebody could not join", async () => {
    const user = userEvent.setup();
    await open(true, { status: 422, body: { status: 422, detail: "This group is full." } });
    await user.click(card("Blue").getByRole("button", { name: "Join Blue" }));
    expect(await card("Blue").findByText("This group is full.")).toBeTruthy();
  });

  it("offer nothing where the instructor decides", async () => {
    await open(false);
    expect(screen.queryByRole("button")).toBeNull();
  });
});
