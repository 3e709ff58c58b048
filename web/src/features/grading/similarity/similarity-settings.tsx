import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { CheckField, SelectField, TextArea } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { QueryView } from "../../../ui/query-view";
import { toast } from "../../../ui/toast";
import {
  type SimilarityPolicy,
  saveSimilarityPolicy,
  similarityPolicyQuery,
} from "./similarity-api";

const reaches = ["assignment", "institution"] as const;
const shownWhen = ["never", "after_hand_in", "after_due"] as const;

interface SimilaritySettingsProps {
  assignmentId: number;
  base: string;
}

/** Whether an assignment's work is compared with other work, with what, and what does not count. */
export function SimilaritySettings({ assignmentId, base }: SimilaritySettingsProps) {
  const { t } = useTranslation();
  const query = useQuery(similarityPolicyQuery(assignmentId));
  return (
    <section className="panel stack" aria-labelledby="similarity-title">
      <h2 id="similarity-title">{t("similarity.settings")}</h2>
      <QueryView query={query} lines={2}>
        {(policy) => (
          <Fields key={policy.version} assignmentId={assignmentId} base={base} policy={policy} />
        )}
      </QueryView>
    </section>
  );
}

interface FieldsProps extends SimilaritySettingsProps {
  policy: SimilarityPolicy;
}

function Fields({ assignmentId, base, policy }: FieldsProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [wanted, setWanted] = useState(policy);
  const change = (part: Partial<SimilarityPolicy>) => setWanted((now) => ({ ...now, ...part }));
  const save = useMutation({
    mutationFn: () => saveSimilarityPolicy(assignmentId, wanted),
    onSuccess: async (saved) => {
      queryClient.setQueryData(similarityPolicyQuery(assignmentId).queryKey, saved);
      await queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId] });
      toast(t("similarity.saved"));
    },
  });
  return (
    <Form error={save.error} onSubmit={() => save.isPending || save.mutate()}>
      <CheckField
        label={t("similarity.enabled")}
        help={t("similarity.enabledHelp")}
        checked={wanted.enabled}
        onChange={(event) => change({ enabled: event.target.checked })}
      />
      {wanted.enabled && (
        <>
          <SelectField
            label={t("similarity.reach")}
            help={t(`similarity.reachHelp.${wanted.reach}`)}
            value={wanted.reach}
            onChange={(event) => change({ reach: event.target.value as typeof wanted.reach })}
            choices={reaches.map((value) => ({ value, label: t(`similarity.reaches.${value}`) }))}
          />
          <CheckField
            label={t("similarity.quotations")}
            help={t("similarity.quotationsHelp")}
            checked={wanted.without_quotations}
            onChange={(event) => change({ without_quotations: event.target.checked })}
          />
          <TextArea
            label={t("similarity.template")}
            help={t("similarity.templateHelp")}
            rows={4}
            value={wanted.template}
            error={fieldError(save.error, "template")}
            onChange={(event) => change({ template: event.target.value })}
          />
          <SelectField
            label={t("similarity.shown")}
            help={t("similarity.shownHelp")}
            value={wanted.shown_to_learners}
            onChange={(event) =>
              change({ shown_to_learners: event.target.value as typeof wanted.shown_to_learners })
            }
            choices={shownWhen.map((value) => ({
              value,
              label: t(`similarity.shownWhen.${value}`),
            }))}
          />
        </>
      )}
      <div className="row">
        <Button kind="primary" type="submit" busy={save.isPending}>
          {t("action.save")}
        </Button>
        {policy.enabled && <Link to={`${base}/similarity`}>{t("similarity.open")}</Link>}
      </div>
    </Form>
  );
}
