import { Link } from "@tanstack/react-router";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { TextField } from "../ui/field";
import { Form } from "../ui/form";
import { renderAt } from "./test-render";

async function open(savesItself = false) {
  const onSubmit = vi.fn();
  await renderAt(
    "/",
    <>
      <Link to="." search={{ elsewhere: 1 } as never}>
        Elsewhere
      </Link>
      <Form error={undefined} onSubmit={onSubmit} savesItself={savesItself}>
        <TextField label="Name" />
        <button type="submit" value="publish">
          Publish
        </button>
      </Form>
    </>,
  );
  return onSubmit;
}

const asked = () => screen.queryByRole("dialog", { name: "Leave without saving?", hidden: true });
const go = () => userEvent.click(screen.getByRole("link", { name: "Elsewhere" }));

describe("leaving a form", () => {
  it("asks when something was typed, and stays or leaves as told", async () => {
    await open();
    await userEvent.type(screen.getByLabelText("Name"), "Ada");
    await go();
    await waitFor(() => expect(asked()).toBeTruthy());
    await userEvent.click(screen.getByText("Stay here"));
    await waitFor(() => expect(asked()).toBeNull());
    await go();
    await userEvent.click(await screen.findByText("Leave"));
    await waitFor(() => expect(asked()).toBeNull());
  });

  it("asks nothing when nothing was typed, it was sent, or it saves itself", async () => {
    const onSubmit = await open();
    await go();
    expect(asked()).toBeNull();
    await userEvent.type(screen.getByLabelText("Name"), "Ada");
    await userEvent.click(screen.getByRole("button", { name: "Publish" }));
    expect(onSubmit).toHaveBeenCalledWith("publish");
    await go();
    expect(asked()).toBeNull();
  });

  it("asks nothing where work is kept as it is typed", async () => {
    await open(true);
    await userEvent.type(screen.getByLabelText("Name"), "Ada");
    await go();
    expect(asked()).toBeNull();
  });
});
