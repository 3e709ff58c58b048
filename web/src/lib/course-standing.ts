import { createContext, useContext } from "react";
import { deviceZone } from "./dates";

/** What the pages inside a course need to know of it, given by the frame around them. */
export interface CourseContext {
  staff: boolean;
  learner: boolean;
  zone: string;
  title: string;
}

export const CourseStandingContext = createContext<CourseContext>({
  staff: false,
  learner: false,
  zone: deviceZone,
  title: "",
});

export function useCourseStanding(): CourseContext {
  return useContext(CourseStandingContext);
}
