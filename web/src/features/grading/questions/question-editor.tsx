import "./questions.css";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber, parseDecimal } from "../../../lib/numbers";
import { asProblem, hasStatus } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { Form } from "../../../ui/form";
import { LeaveGuard } from "../../../ui/leave-guard";
import { toast } from "../../../ui/toast";
import { CorrectionDialog } from "./correction-dialog";
import { type CorrectionPreview, previewCorrection, startCorrection } from "./corrections-api";
import { blankQuestion, draftOf, inputOf, type QuestionDraft } from "./question-draft";
import { QuestionFields } from "./question-fields";
import { type QuestionSet, saveQuestions } from "./questions-api";

interface QuestionEditorProps {
  assignmentId: number;
  courseId: number;
  set: QuestionSet;
  onDone: () => void;
}

/**
 * Writes the questions of an assignment, and what answers to them are judged by. Where answers were
 * judged already, it shows first what a change would make of them.
 */
export function QuestionEditor({ assignmentId, courseId, set, onDone }: QuestionEditorProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const queryClient = useQueryClient();
  const say = (points: number) => formatNumber(points, locale, 4);
  const [drafts, setDrafts] = useState<QuestionDraft[]>(() =>
    set.questions.length > 0
      ? set.questions.map((question) => draftOf(question, say))
      : [blankQuestion()],
  );
  const read = (text: string) => parseDecimal(text, locale);
  // Not by the form: what was sent to be looked at first is not saved. Not state, as there.
  const unsaved = useRef(false);
  function edit(to: (now: QuestionDraft[]) => QuestionDraft[]) {
    unsaved.current = true;
    setDrafts(to);
  }

  const [preview, setPreview] = useState<CorrectionPreview>();
  const save = useMutation({
    mutationFn: async (judgeAnew: boolean | "ask") => {
      const questions = drafts.map((draft) => inputOf(draft, read));
      if (judgeAnew === "ask" && set.in_use) {
        const seen = await previewCorrection(assignmentId, questions).catch(withoutGrades);
        if (seen && seen.learner_count + seen.program_count > 0) {
          setPreview(seen);
          return undefined;
        }
      }
      const saved = await saveQuestions(assignmentId, { questions, version: set.version });
      if (judgeAnew !== true) return { judged: false };
      // The questions are saved whatever becomes of the marks: saving again would meet oneself.
      await startCorrection(assignmentId, saved.version).catch((failure) =>
        toast(t("questions.corrections.notStarted", { reason: asProblem(failure).detail })),
      );
      return { judged: true };
    },
    onSuccess: async (done) => {
      if (!done) return;
      unsaved.current = false;
      setPreview(undefined);
      await queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId] });
      await queryClient.invalidateQueries({ queryKey: ["course", courseId, "assignments"] });
      // Who judges anew sees beside the questions how far it is, and can take it back.
      if (!done.judged) onDone();
    },
    onError: () => setPreview(undefined),
  });
  const error = (at: number) => (field: string) =>
    asProblem(save.error).errors.find((one) => one.field === `questions[${at}].${field}`)?.message;
  const change = (draft: QuestionDraft, part: Partial<QuestionDraft>) =>
    edit((now) => now.map((one) => (one.key === draft.key ? { ...one, ...part } : one)));
  const total = drafts.reduce((sum, one) => sum + (read(one.points) ?? 0), 0);

  return (
    <>
      <LeaveGuard unsaved={() => unsaved.current} />
      <Form
        error={save.error}
        label={t("questions.title")}
        savesItself
        onSubmit={() => save.isPending || save.mutate("ask")}
      >
        {drafts.map((draft, at) => (
          <QuestionFields
            key={draft.key}
            draft={draft}
            languages={set.languages}
            inUse={set.in_use}
            number={at + 1}
            error={error(at)}
            onChange={(part) => change(draft, part)}
            onRemove={() => edit((now) => now.filter((one) => one.key !== draft.key))}
          />
        ))}
        <div className="row">
          <Button
            icon={<Plus size={16} aria-hidden />}
            onClick={() => edit((now) => [...now, blankQuestion()])}
          >
            {t("questions.add")}
          </Button>
          <span className="figures">{t("questions.total", { points: say(total) })}</span>
        </div>
        <div className="row">
          <Button kind="primary" type="submit" busy={save.isPending}>
            {t("action.save")}
          </Button>
          <Button kind="quiet" onClick={onDone}>
            {t("action.cancel")}
          </Button>
        </div>
      </Form>
      {preview && (
        <CorrectionDialog
          preview={preview}
          busy={save.isPending}
          onSave={(judgeAnew) => save.mutate(judgeAnew)}
          onClose={() => setPreview(undefined)}
        />
      )}
    </>
  );
}

/** Who writes questions and grades nothing may not see what would become of grades, and saves. */
function withoutGrades(problem: unknown): undefined {
  if (!hasStatus(problem, 403)) throw problem;
}
