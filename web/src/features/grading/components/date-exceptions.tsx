import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../../ui/button";
import { SelectField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { InstantField } from "../../../ui/instant-field";
import { QueryView } from "../../../ui/query-view";
import { toast } from "../../../ui/toast";
import { type DateException, type Dates, datesQuery, saveDates } from "../api";
import { gradebookQuery } from "../grades-api";

interface DateExceptionsProps {
  assignmentId: number;
  courseId: number;
  zone: string;
  sections: { section_id: number; name: string }[];
}

/** Dates of their own for a section or a person; the nearest rule wins over the assignment's. */
export function DateExceptions(props: DateExceptionsProps) {
  const { t } = useTranslation();
  const query = useQuery(datesQuery(props.assignmentId));
  return (
    <section className="panel stack" aria-labelledby="date-exceptions">
      <div>
        <h2 id="date-exceptions">{t("grading.exceptions.title")}</h2>
        <p className="muted small">{t("grading.exceptions.help")}</p>
      </div>
      <QueryView query={query} lines={2}>
        {(dates) => <Editor key={dates.version} {...props} saved={dates} />}
      </QueryView>
    </section>
  );
}

function Editor({
  assignmentId,
  courseId,
  zone,
  sections,
  saved,
}: DateExceptionsProps & { saved: Dates }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [dates, setDates] = useState(saved.items);
  const students = useQuery(gradebookQuery(courseId)).data?.students ?? [];
  const whoChoices = [
    ...sections.map((s) => ({ value: `section:${s.section_id}`, label: s.name })),
    ...students.map((s) => ({ value: `person:${s.user_id}`, label: s.name })),
  ];
  const patch = (at: number, part: Partial<DateException>) =>
    setDates((all) => all.map((one, i) => (i === at ? { ...one, ...part } : one)));
  const mutation = useMutation({
    mutationFn: () => saveDates(assignmentId, { items: dates, version: saved.version }),
    onSuccess: async () => {
      toast(t("grading.exceptions.saved"));
      await queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId] });
    },
  });

  return (
    <Form error={mutation.error} onSubmit={() => mutation.isPending || mutation.mutate()}>
      {dates.map((date, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity until they are saved
        <fieldset key={i} className="form-grid" style={{ maxInlineSize: "none" }}>
          <legend className="visually-hidden">
            {t("grading.exceptions.number", { number: i + 1 })}
          </legend>
          <SelectField
            label={t("grading.exceptions.who")}
            value={`${date.audience}:${date.audience_id}`}
            onChange={(event) => patch(i, whoOf(event.target.value))}
            choices={whoChoices}
          />
          {(["due_at", "unlocks_at", "locks_at"] as const).map((field) => (
            <InstantField
              key={field}
              label={t(`grading.field.${field}`)}
              zone={zone}
              value={date[field]}
              onChange={(instant) => patch(i, { [field]: instant })}
            />
          ))}
          <IconButton
            label={t("grading.exceptions.remove")}
            icon={<Trash2 size={16} />}
            onClick={() => setDates((all) => all.filter((_, at) => at !== i))}
          />
        </fieldset>
      ))}
      <div className="row">
        <Button
          icon={<Plus size={16} />}
          disabled={whoChoices.length === 0}
          onClick={() =>
            setDates((all) => [
              ...all,
              {
                ...whoOf(whoChoices[0]?.value ?? ""),
                due_at: null,
                unlocks_at: null,
                locks_at: null,
              },
            ])
          }
        >
          {t("grading.exceptions.add")}
        </Button>
        <Button kind="primary" type="submit" busy={mutation.isPending}>
          {t("grading.exceptions.save")}
        </Button>
      </div>
    </Form>
  );
}

function whoOf(choice: string): Pick<DateException, "audience" | "audience_id"> {
  const [kind, id] = choice.split(":");
  return { audience: kind === "person" ? "person" : "section", audience_id: Number(id) };
}
