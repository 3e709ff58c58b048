import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import { useProblemText } from "../../../ui/states";
import { toast } from "../../../ui/toast";
import { type Course, type CourseStatus, courseQuery, setCourseStatus } from "../api";

const nextStatus: Record<CourseStatus, CourseStatus> = {
  draft: "published",
  published: "concluded",
  concluded: "published",
};

/** Publish, conclude, reopen: one step forward, with ten seconds to take it back. */
export function CourseStatusButton({ course }: { course: Course }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const problemText = useProblemText();

  const mutation = useMutation({
    mutationFn: (to: { status: CourseStatus; version: number; undo?: CourseStatus }) =>
      setCourseStatus(course.course_id, to.status, to.version),
    onError: (error) => toast(problemText(error)),
    onSuccess: async (saved, to) => {
      await queryClient.invalidateQueries({ queryKey: courseQuery(course.course_id).queryKey });
      await queryClient.invalidateQueries({ queryKey: ["courses"] });
      const { version } = saved;
      const undo = to.undo;
      toast(
        t(`courses.statusDone.${to.status}`),
        undo && {
          label: t("action.undo"),
          run: () => mutation.mutate({ status: undo, version }),
        },
      );
    },
  });

  const status = nextStatus[course.status];
  return (
    <Button
      kind={course.status === "draft" ? "primary" : "plain"}
      busy={mutation.isPending}
      onClick={() => mutation.mutate({ status, version: course.version, undo: course.status })}
    >
      {t(`courses.statusAction.${course.status}`)}
    </Button>
  );
}
