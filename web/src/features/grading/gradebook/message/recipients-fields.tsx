import { useTranslation } from "react-i18next";
import { CheckField, SelectField, TextField } from "../../../../ui/field";
import type { GradebookStudent } from "../../grades-api";
import type { GradebookModel } from "../gradebook-model";
import { type Among, type Criterion, criteria, type Wish } from "./recipients";

interface WishFieldsProps {
  model: GradebookModel;
  from: Among;
  wish: Wish;
  onWish: (change: Partial<Wish>) => void;
}

/** Among whom, of which assignment, and who of those. */
export function WishFields({ model, from, wish, onWish }: WishFieldsProps) {
  const { t } = useTranslation();
  const assignment = model.assignments.find((one) => one.assignment_id === wish.assignmentId);
  return (
    <div className="row message-wish">
      <SelectField
        label={t("message.among.label")}
        value={wish.among}
        onChange={(event) => onWish({ among: event.target.value })}
        choices={[
          ...(from.selected ? [{ value: "selected", label: t("message.among.selected") }] : []),
          { value: "shown", label: t("message.among.shown") },
          { value: "everybody", label: t("message.among.everybody") },
          ...from.views.map((view, at) => ({
            value: String(at),
            label: t("message.among.view", { name: view.name }),
          })),
        ]}
      />
      <SelectField
        label={t("message.assignment")}
        value={wish.assignmentId}
        onChange={(event) => onWish({ assignmentId: Number(event.target.value) })}
        choices={[
          { value: "0", label: t("message.noAssignment") },
          ...model.assignments
            .filter((one) => one.status === "published")
            .map((one) => ({ value: String(one.assignment_id), label: one.title })),
        ]}
      />
      {assignment && !assignment.anonymous && (
        <SelectField
          label={t("message.criterion.label")}
          value={wish.criterion}
          onChange={(event) => onWish({ criterion: event.target.value as Criterion })}
          choices={criteria.map((one) => ({ value: one, label: t(`message.criterion.${one}`) }))}
        />
      )}
      {assignment && !assignment.anonymous && wish.criterion === "under" && (
        <TextField
          label={t("message.under")}
          inputMode="decimal"
          value={wish.under}
          onChange={(event) => onWish({ under: event.target.value })}
        />
      )}
    </div>
  );
}

interface RecipientListProps {
  learners: GradebookStudent[];
  /** Those who were taken out. */
  without: ReadonlySet<number>;
  onWithout: (without: ReadonlySet<number>) => void;
}

/** Everybody by name, to be taken out one by one. */
export function RecipientList({ learners, without, onWithout }: RecipientListProps) {
  const { t } = useTranslation();
  const count = learners.filter((one) => !without.has(one.user_id)).length;
  return (
    <fieldset className="message-to">
      <legend aria-live="polite">{t("message.to", { count })}</legend>
      {learners.map((one) => (
        <CheckField
          key={one.user_id}
          label={one.name}
          checked={!without.has(one.user_id)}
          onChange={(event) => {
            const next = new Set(without);
            if (event.target.checked) next.delete(one.user_id);
            else next.add(one.user_id);
            onWithout(next);
          }}
        />
      ))}
      {learners.length === 0 && <p className="muted">{t("message.nobody")}</p>}
    </fieldset>
  );
}
