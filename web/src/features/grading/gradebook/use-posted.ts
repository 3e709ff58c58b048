import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useProblemText } from "../../../ui/states";
import { toast } from "../../../ui/toast";
import { gradebookKey } from "../grades-api";
import { type Posting, undoPosting } from "../postings-api";

/** What follows once grades were shown or hidden: the page reads on, and there is a way back. */
export function usePosted(courseId: number, assignmentId: number) {
  const { t } = useTranslation();
  const problem = useProblemText();
  const queryClient = useQueryClient();

  function refresh() {
    void queryClient.invalidateQueries({ queryKey: gradebookKey(courseId) });
    void queryClient.invalidateQueries({ queryKey: ["course", courseId, "grades"] });
    void queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId] });
  }

  async function undo(posting: Posting) {
    try {
      await undoPosting(posting.posting_id);
      toast(t("grading.posting.undone"));
    } catch (error) {
      toast(problem(error));
    }
    refresh();
  }

  function tell(posting: Posting) {
    refresh();
    const words = posting.finished_at
      ? t(`grading.posting.done.${posting.kind}`, { count: posting.grades })
      : t("grading.posting.underWay");
    const action = { label: t("action.undo"), run: () => void undo(posting) };
    // Between two instants of the server's: the clock here may be another.
    toast(words, action, Date.parse(posting.notices_at) - Date.parse(posting.at));
  }

  return { refresh, undo, tell };
}
