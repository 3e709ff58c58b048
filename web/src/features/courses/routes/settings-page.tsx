import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { fieldError } from "../../../lib/problem";
import { timeZones } from "../../../lib/zones";
import { Button } from "../../../ui/button";
import { SelectField, TextArea, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { InstantField } from "../../../ui/instant-field";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { toast } from "../../../ui/toast";
import { type Course, type CourseChange, courseQuery, saveCourse, termsQuery } from "../api";

export default function SettingsPage() {
  const { t } = useTranslation();
  const query = useQuery(courseQuery(useId("courseId")));
  return (
    <Page title={t("course.settings")}>
      <QueryView query={query}>
        {(course) => <Editor key={course.course_id} course={course} />}
      </QueryView>
    </Page>
  );
}

function Editor({ course }: { course: Course }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const terms = useQuery(termsQuery).data ?? [];
  const [input, setInput] = useState<CourseChange>(() => ({
    title: course.title,
    code: course.code,
    description: course.description,
    term_id: course.term_id,
    time_zone: course.time_zone,
    starts_at: course.starts_at,
    ends_at: course.ends_at,
    color: course.color,
    credits: course.credits,
    version: course.version,
  }));
  const change = (part: Partial<CourseChange>) => setInput((now) => ({ ...now, ...part }));
  const mutation = useMutation({
    mutationFn: () => saveCourse(course.course_id, input),
    onSuccess: async (saved) => {
      change({ version: saved.version });
      await queryClient.invalidateQueries({ queryKey: ["course", course.course_id] });
      await queryClient.invalidateQueries({ queryKey: ["courses"] });
      toast(t("courses.saved"));
    },
  });
  const error = (field: string) => fieldError(mutation.error, field);

  return (
    <Form error={mutation.error} onSubmit={() => mutation.isPending || mutation.mutate()}>
      <TextField
        label={t("courses.field.title")}
        required
        value={input.title}
        error={error("title")}
        onChange={(event) => change({ title: event.target.value })}
      />
      <TextArea
        label={t("courses.field.description")}
        rows={6}
        value={input.description}
        error={error("description")}
        onChange={(event) => change({ description: event.target.value })}
      />
      <div className="form-grid">
        <TextField
          label={t("courses.field.code")}
          value={input.code}
          required
          error={error("code")}
          onChange={(event) => change({ code: event.target.value })}
        />
        <SelectField
          label={t("courses.field.term")}
          value={String(input.term_id ?? "")}
          error={error("term_id")}
          onChange={(event) =>
            change({ term_id: event.target.value ? Number(event.target.value) : null })
          }
          choices={[
            { value: "", label: t("courses.field.noTerm") },
            ...terms.map((term) => ({ value: String(term.term_id), label: term.name })),
          ]}
        />
        <InstantField
          label={t("courses.field.startsAt")}
          zone={input.time_zone}
          value={input.starts_at}
          error={error("starts_at")}
          onChange={(starts_at) => change({ starts_at })}
        />
        <InstantField
          label={t("courses.field.endsAt")}
          zone={input.time_zone}
          value={input.ends_at}
          error={error("ends_at")}
          onChange={(ends_at) => change({ ends_at })}
        />
        <SelectField
          label={t("courses.field.timeZone")}
          help={t("courses.field.timeZoneHelp")}
          value={input.time_zone}
          error={error("time_zone")}
          onChange={(event) => change({ time_zone: event.target.value })}
          choices={timeZones(input.time_zone).map((zone) => ({ value: zone, label: zone }))}
        />
        <TextField
          label={t("courses.field.credits")}
          help={t("courses.field.creditsHelp")}
          type="number"
          min={0}
          max={999.99}
          step={0.01}
          value={input.credits ?? ""}
          error={error("credits")}
          onChange={(event) =>
            change({ credits: event.target.value === "" ? null : Number(event.target.value) })
          }
        />
        <TextField
          label={t("courses.field.colour")}
          help={t("courses.field.colourHelp")}
          type="color"
          value={input.color ?? "#1f4e79"}
          onChange={(event) => change({ color: event.target.value })}
        />
      </div>
      <div>
        <Button kind="primary" type="submit" busy={mutation.isPending}>
          {t("action.save")}
        </Button>
      </div>
    </Form>
  );
}
