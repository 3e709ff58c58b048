import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Table } from "../../../ui/table";
import type { Rubric } from "./rubrics-api";
import type { Sheet } from "./use-sheet";

export interface Side {
  id: number;
  name: string;
  score: number | null;
  comment?: string;
  assessment: Sheet | null;
}

/** What several people say of the same work, criterion by criterion. */
export function SideBySide({ rubric, sides }: { rubric?: Rubric; sides: Side[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const show = (value: number | null | undefined) =>
    value === null || value === undefined ? "–" : formatNumber(value, locale, 4);
  const said = (side: Side, id: string) =>
    side.assessment?.criteria.find((one) => one.criterion_id === id);
  const remarks = sides.some((side) => side.comment);
  return (
    <Table columns={[t("marking.several.criterion"), ...sides.map((side) => side.name)]}>
      {rubric &&
        sides.some((side) => side.assessment) &&
        rubric.criteria.map((criterion) => (
          <tr key={criterion.criterion_id}>
            <th scope="row">{criterion.description}</th>
            {sides.map((side) => {
              const one = said(side, criterion.criterion_id);
              const rating = criterion.ratings.find((level) => level.rating_id === one?.rating_id);
              return (
                <td key={side.id} data-label={side.name}>
                  <span>
                    <span className="figures">{show(one?.points)}</span>
                    {rating && ` · ${rating.description}`}
                  </span>
                  {one?.comment && <p className="small muted prose">{one.comment}</p>}
                </td>
              );
            })}
          </tr>
        ))}
      {remarks && (
        <tr>
          <th scope="row">{t("grading.comment")}</th>
          {sides.map((side) => (
            <td key={side.id} data-label={side.name}>
              <p className="small prose">{side.comment || "–"}</p>
            </td>
          ))}
        </tr>
      )}
      <tr>
        <th scope="row">{t("marking.several.score")}</th>
        {sides.map((side) => (
          <td key={side.id} data-label={side.name}>
            <strong className="figures">{show(side.score)}</strong>
          </td>
        ))}
      </tr>
    </Table>
  );
}
