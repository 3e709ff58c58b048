import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { QueryView } from "../../../ui/query-view";
import { Tray } from "../../../ui/tray";
import { DerivationTree, derivationNames } from "../components/derivation-tree";
import { learnerGradesQuery } from "../grades-api";
import type { GradebookModel } from "./gradebook-model";

interface ExplainTrayProps {
  courseId: number;
  userId: number;
  model: GradebookModel;
  onClose: () => void;
}

/** Why a total is what it is: both totals, down to every score that went in. */
export function ExplainTray({ courseId, userId, model, onClose }: ExplainTrayProps) {
  const { t } = useTranslation();
  const query = useQuery(learnerGradesQuery(courseId, userId));
  const name = model.students.find((s) => s.user_id === userId)?.name ?? "";
  const names = derivationNames(model.assignments, model.groups);
  return (
    <Tray title={t("grading.explain.for", { name })} onClose={onClose}>
      <QueryView query={query}>
        {({ derivation }) => (
          <>
            <h3>{t("grading.total.current")}</h3>
            <DerivationTree node={derivation.current} names={names} />
            <h3>{t("grading.total.final")}</h3>
            <DerivationTree node={derivation.final} names={names} />
          </>
        )}
      </QueryView>
    </Tray>
  );
}
