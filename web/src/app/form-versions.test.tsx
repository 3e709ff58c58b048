import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import ProfilePage from "../features/identity/routes/profile-page";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const profile = {
  user_id: 5,
  name: "Leo",
  sortable_name: "Leo",
  pronouns: null,
  email: "leo@x.example",
  login_name: null,
  locale: null,
  time_zone: null,
  avatar_url: null,
  version: 1,
};

describe("a form that somebody else's change overtakes", () => {
  it("keeps what was typed, and saves upon the version it was filled from", async () => {
    let stands = profile;
    const calls = stubFetch([
      [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
      [/GET \/profile/, () => ({ body: stands })],
      [/GET /, () => ({ body: { items: [], next: null } })],
      [
        /PUT \/profile$/,
        () => ({ status: 409, body: { status: 409, detail: "Somebody changed this first." } }),
      ],
    ]);
    await renderAt("/", <ProfilePage />);
    await userEvent.type(await screen.findByLabelText("Pronouns"), "they");
    stands = { ...profile, name: "Leonid", version: 2 };
    window.dispatchEvent(new Event("visibilitychange"));
    await userEvent.click(screen.getAllByRole("button", { name: "Save" })[0] as HTMLElement);
    await waitFor(() => expect(calls.some((call) => call.method === "PUT")).toBe(true));
    const put = calls.find((call) => call.method === "PUT");
    expect(put?.body).toMatchObject({ pronouns: "they", version: 1 });
    expect(await screen.findByText("Somebody changed this first.")).toBeTruthy();
    expect(screen.getByDisplayValue("they")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Read it again" })).toBeTruthy();
  });
});
