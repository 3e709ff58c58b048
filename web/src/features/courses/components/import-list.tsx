import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { When } from "../../../ui/when";
import type { RosterImport } from "../imports-api";
import { ImportStateBadge } from "./import-state";

/** Rosters that were uploaded, and how far each has come. */
export function ImportList({ imports }: { imports: RosterImport[] }) {
  const { t } = useTranslation();
  return (
    <ul className="rows">
      {imports.map((one) => (
        <li key={one.roster_import_id}>
          <Link className="rows-link" to={`/admin/imports/${one.roster_import_id}`}>
            <span className="grow">
              <strong>{one.file_name}</strong>
              <br />
              <span className="small muted">
                {t(`courses.imports.format.${one.format}`)} · <When at={one.created_at} relative />
              </span>
            </span>
            <ImportStateBadge state={one.state} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
