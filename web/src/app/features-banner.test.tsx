import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { stubFetch } from "../lib/fetch-stub";
import { FeaturesBanner } from "./shell/features-banner";
import { renderAt } from "./test-render";

const off = [
  { feature: "calendar", called: "The calendar", because: "Back at noon." },
  { feature: "news", called: "A part this page does not know", because: "It is new." },
];

describe("the banner of what is switched off", () => {
  it("says what is off and why", async () => {
    stubFetch([[/GET \/features\/off/, () => ({ body: off })]]);
    await renderAt("/", <FeaturesBanner />);
    expect(await screen.findByText(/The calendar .*Back at noon\./)).toBeTruthy();
    expect(screen.getByText(/A part this page does not know .*It is new\./)).toBeTruthy();
  });

  it("names it in the reader's language", async () => {
    stubFetch([[/GET \/features\/off/, () => ({ body: off })]]);
    await renderAt("/", <FeaturesBanner />, "ar");
    expect(await screen.findByText(/التقويم/)).toBeTruthy();
  });

  it("says nothing when nothing is off or nobody answers", async () => {
    const calls = stubFetch([[/GET \/features\/off/, () => ({ status: 503, body: {} })]]);
    await renderAt("/", <FeaturesBanner />);
    await expect.poll(() => calls.length).toBe(1);
    expect(screen.getByRole("status").textContent).toBe("");
  });
});
