import { useQuery } from "@tanstack/react-query";
import { MessageSquareText } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import { Skeleton } from "../../../ui/states";
import type { Submission } from "../api";
import { readNotes } from "./annotations-api";

const WorkPane = lazy(async () => ({ default: (await import("./work-pane")).WorkPane }));

/** The way to what a grader marked in one's work, where there is anything to be seen of it. */
export function NotesOnWork({ submission }: { submission: Submission }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const id = submission.submission_id;
  const count =
    useQuery({
      queryKey: ["submission", id, "annotations", "count"],
      queryFn: async () => (await readNotes(id)).length,
    }).data ?? 0;
  if (count === 0) return null;
  return (
    <>
      <div>
        <Button
          icon={<MessageSquareText size={16} aria-hidden />}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t("notes.see", { count })}
        </Button>
      </div>
      {open && (
        <Suspense fallback={<Skeleton lines={8} />}>
          <WorkPane submission={submission} editable={false} />
        </Suspense>
      )}
    </>
  );
}
