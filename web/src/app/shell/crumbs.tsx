import { useQuery } from "@tanstack/react-query";
import { Link, useMatches } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { courseQuery } from "../../features/courses/api";
import { assignmentQuery, workQuery } from "../../features/grading/api";
import { useObserved } from "../../features/grading/use-observed";

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    /** A message key, or the thing whose name stands in the trail. */
    crumb?: string;
  }
}

interface Crumb {
  id: string;
  href: string;
  crumb: string;
  params: Record<string, unknown>;
}

/** Institution › course › thing: the names of what the address holds. */
export function Crumbs() {
  const { t } = useTranslation();
  const matches = useMatches();
  const crumbs: Crumb[] = matches.flatMap((match) => {
    const crumb = match.staticData.crumb;
    return crumb ? [{ id: match.id, href: match.pathname, crumb, params: match.params }] : [];
  });
  return (
    <nav className="crumbs" aria-label={t("nav.whereAmI")}>
      <ol>
        {crumbs.map((crumb, i) => {
          const last = i === crumbs.length - 1;
          const label = <CrumbLabel crumb={crumb} />;
          return (
            <li key={crumb.id}>
              <ChevronRight size={14} aria-hidden className="muted flips" />
              {last ? (
                <span aria-current="page">{label}</span>
              ) : (
                <Link to={crumb.href}>{label}</Link>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function CrumbLabel({ crumb }: { crumb: Crumb }) {
  const { t } = useTranslation();
  if (crumb.crumb === "course") return <CourseName id={Number(crumb.params.courseId)} />;
  if (crumb.crumb === "assignment")
    return <AssignmentName id={Number(crumb.params.assignmentId)} />;
  if (crumb.crumb === "observedCourse") return <ObservedName />;
  if (crumb.crumb === "observedWork") return <ObservedWorkName params={crumb.params} />;
  return t(crumb.crumb);
}

function ObservedName() {
  const { name, courseTitle } = useObserved();
  return [name, courseTitle].filter(Boolean).join(" · ") || "…";
}

function ObservedWorkName({ params }: Pick<Crumb, "params">) {
  const { data } = useQuery(workQuery(Number(params.assignmentId), Number(params.userId)));
  return data?.title ?? "…";
}

function CourseName({ id }: { id: number }) {
  const { data } = useQuery(courseQuery(id));
  return data?.title ?? "…";
}

function AssignmentName({ id }: { id: number }) {
  const { data } = useQuery(assignmentQuery(id));
  return data?.title ?? "…";
}
