import { branch, page, shellRoute } from "./routes-root";

const admin = branch(shellRoute, "/admin", "nav.admin", () => import("./routes/admin-frame"));
const people = branch(admin, "people", "nav.people");
const outcomes = branch(admin, "outcomes", "nav.outcomes");
const imports = branch(admin, "imports", "nav.imports");

export const adminRoutes = [
  admin.addChildren([
    page(admin, "/", () => import("./routes/admin-home-page")),
    page(
      admin,
      "accounts",
      () => import("../features/identity/routes/accounts-page"),
      "nav.accounts",
    ),
    people.addChildren([
      page(people, "/", () => import("../features/identity/routes/people-page")),
      page(people, "$userId", () => import("./routes/person-page")),
    ]),
    page(
      admin,
      "families",
      () => import("../features/identity/routes/families-page"),
      "nav.families",
    ),
    outcomes.addChildren([
      page(outcomes, "/", () => import("./routes/account-outcomes-page")),
      page(
        outcomes,
        "$outcomeId",
        () => import("../features/grading/routes/outcome-page"),
        "outcomes.across.title",
      ),
    ]),
    page(admin, "terms", () => import("../features/courses/routes/terms-page"), "nav.terms"),
    imports.addChildren([
      page(imports, "/", () => import("../features/courses/routes/imports-page")),
      page(imports, "$importId", () => import("../features/courses/routes/import-page")),
    ]),
    page(admin, "audit", () => import("../features/identity/routes/audit-page"), "nav.audit"),
    page(admin, "jobs", () => import("../features/identity/routes/jobs-page"), "nav.jobs"),
    page(admin, "cluster", () => import("../features/identity/routes/cluster-page"), "nav.cluster"),
  ]),
];
