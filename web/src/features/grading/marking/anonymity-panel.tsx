import { useMutation, useQueryClient } from "@tanstack/react-query";
import { EyeOff } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../lib/course-standing";
import { fieldError } from "../../../lib/problem";
import { Badge } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { TextArea } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import { toast } from "../../../ui/toast";
import type { Assignment } from "../api";
import { hideNames, showNames } from "./marking-api";

/** Whether graders see whose work they grade, and the way there and back. */
export function AnonymityPanel({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const { may } = useCourseStanding();
  const [asking, setAsking] = useState<"hide" | "show">();
  const staff = may("assignment.read_drafts");
  const { anonymous } = assignment;
  if (!anonymous && !may("assignment.manage")) return null;
  if (!staff) return <p className="notice">{t("marking.anonymous.learner")}</p>;
  return (
    <section className="panel stack" aria-labelledby="anonymity-title">
      <h2 id="anonymity-title">{t("marking.anonymous.title")}</h2>
      <div className="stack">
        <p>
          {anonymous && (
            <>
              <Badge>
                <EyeOff size={14} aria-hidden /> {t("marking.anonymous.short")}
              </Badge>{" "}
            </>
          )}
          {t(anonymous ? "marking.anonymous.on" : "marking.anonymous.off")}
        </p>
        <div className="row">
          {!anonymous && (
            <Button onClick={() => setAsking("hide")}>{t("marking.anonymous.hide")}</Button>
          )}
          {anonymous && may("anonymity.lift") && (
            <Button onClick={() => setAsking("show")}>{t("marking.anonymous.show")}</Button>
          )}
        </div>
      </div>
      {asking === "hide" && <HideNames {...{ assignment }} onClose={() => setAsking(undefined)} />}
      {asking === "show" && <ShowNames {...{ assignment }} onClose={() => setAsking(undefined)} />}
    </section>
  );
}

interface AskedProps {
  assignment: Assignment;
  onClose: () => void;
}

function HideNames({ assignment, onClose }: AskedProps) {
  const { t } = useTranslation();
  const refresh = useRefresh(assignment);
  const mutation = useMutation({
    mutationFn: () => hideNames(assignment.assignment_id, assignment.version),
    onSuccess: () => {
      refresh();
      toast(t("marking.anonymous.hidden"));
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("marking.anonymous.hideTitle")}
      mutation={mutation}
      save={t("marking.anonymous.hideDo")}
      onClose={onClose}
    >
      <p>{t("marking.anonymous.hideHelp")}</p>
    </FormDialog>
  );
}

function ShowNames({ assignment, onClose }: AskedProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const refresh = useRefresh(assignment);
  const mutation = useMutation({
    mutationFn: () => showNames(assignment.assignment_id, reason, assignment.version),
    onSuccess: () => {
      refresh();
      toast(t("marking.anonymous.shown"));
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("marking.anonymous.showTitle")}
      mutation={mutation}
      save={t("marking.anonymous.showDo")}
      danger
      disabled={!reason.trim()}
      onClose={onClose}
    >
      <p>{t("marking.anonymous.showHelp")}</p>
      <TextArea
        label={t("marking.anonymous.reason")}
        rows={2}
        required
        value={reason}
        error={fieldError(mutation.error, "reason")}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}

/** Names stand everywhere, so everything of the course is read again. */
function useRefresh({ assignment_id, course_id }: Assignment) {
  const queryClient = useQueryClient();
  return () => {
    void queryClient.invalidateQueries({ queryKey: ["assignment", assignment_id] });
    void queryClient.invalidateQueries({ queryKey: ["course", course_id] });
  };
}
