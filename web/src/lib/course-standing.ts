import { createContext, useContext } from "react";
import { deviceZone } from "./dates";

/** What the pages inside a course need to know of it, given by the frame around them. */
export interface CourseContext {
  /** Permissions the person holds in this course, by name, such as `grade.record`. */
  permissions: ReadonlySet<string>;
  zone: string;
  title: string;
}

export const CourseStandingContext = createContext<CourseContext>({
  permissions: new Set(),
  zone: deviceZone,
  title: "",
});

export function useCourseStanding() {
  const context = useContext(CourseStandingContext);
  return { ...context, may: (permission: string) => context.permissions.has(permission) };
}
