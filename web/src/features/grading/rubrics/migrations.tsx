import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import { ActionFailed } from "../../../ui/states";
import { When } from "../../../ui/when";
import { migrationsQuery, undoMigration } from "./rubrics-api";

/** How assessments were carried over to newer versions; each can be taken back as one. */
export function Migrations({ rubricId }: { rubricId: number }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useQuery(migrationsQuery(rubricId));
  const undo = useMutation({
    mutationFn: undoMigration,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["rubric", rubricId] }),
  });
  if (!query.data?.length) return null;
  return (
    <section className="panel stack" aria-labelledby="migrations-title">
      <h2 id="migrations-title">{t("rubrics.migrations.title")}</h2>
      <ActionFailed error={undo.error} />
      <ul className="rows">
        {query.data.map((one) => (
          <li className="rows-link" key={one.rubric_migration_id}>
            <span className="grow">
              {t("rubrics.migrations.to", { version: one.to_version })}{" "}
              <span className="muted">
                {one.actor_name} · <When at={one.at} relative />
              </span>
              <br />
              <span className="small" role="status">
                {t(`rubrics.migrations.${one.status}`, {
                  count: one.changed_count,
                  kept: one.kept_count,
                })}
              </span>
            </span>
            {one.status === "applied" && (
              <Button busy={undo.isPending} onClick={() => undo.mutate(one.rubric_migration_id)}>
                {t("rubrics.migrations.undo")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
