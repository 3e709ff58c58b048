import "./questions.css";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber, parseDecimal } from "../../../lib/numbers";
import { asProblem } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { Form } from "../../../ui/form";
import { blankQuestion, draftOf, inputOf, type QuestionDraft } from "./question-draft";
import { QuestionFields } from "./question-fields";
import { type QuestionSet, saveQuestions } from "./questions-api";

interface QuestionEditorProps {
  assignmentId: number;
  courseId: number;
  set: QuestionSet;
  onDone: () => void;
}

/** Writes the questions of an assignment, and what answers to them are judged by. */
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

  const save = useMutation({
    mutationFn: () =>
      saveQuestions(assignmentId, {
        questions: drafts.map((draft) => inputOf(draft, read)),
        version: set.version,
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId] });
      await queryClient.invalidateQueries({ queryKey: ["course", courseId, "assignments"] });
      onDone();
    },
  });
  const error = (at: number) => (field: string) =>
    asProblem(save.error).errors.find((one) => one.field === `questions[${at}].${field}`)?.message;
  const change = (draft: QuestionDraft, part: Partial<QuestionDraft>) =>
    setDrafts((now) => now.map((one) => (one.key === draft.key ? { ...one, ...part } : one)));
  const total = drafts.reduce((sum, one) => sum + (read(one.points) ?? 0), 0);

  return (
    <Form
      error={save.error}
      label={t("questions.title")}
      onSubmit={() => save.isPending || save.mutate()}
    >
      {drafts.map((draft, at) => (
        <QuestionFields
          key={draft.key}
          draft={draft}
          languages={set.languages}
          number={at + 1}
          error={error(at)}
          onChange={(part) => change(draft, part)}
          onRemove={() => setDrafts((now) => now.filter((one) => one.key !== draft.key))}
        />
      ))}
      <div className="row">
        <Button
          icon={<Plus size={16} aria-hidden />}
          onClick={() => setDrafts((now) => [...now, blankQuestion()])}
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
  );
}
