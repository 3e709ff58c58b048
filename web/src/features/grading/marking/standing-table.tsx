import { useTranslation } from "react-i18next";
import { Table } from "../../../ui/table";
import type { Marking } from "./marking-api";

interface StandingTableProps {
  standing: Marking["standing"];
  sections: { section_id: number; name: string }[];
}

const parts = ["learners", "unallocated", "waiting", "agreed", "disputed", "decided"] as const;

/** How far marking is: of each section where there are several, and of all. */
export function StandingTable({ standing, sections }: StandingTableProps) {
  const { t } = useTranslation();
  // With one section its line says what the line of all says.
  const lines = standing.length > 2 ? standing : standing.slice(0, 1);
  const nameOf = (id: number | null) =>
    id === null
      ? t("grading.allSections")
      : (sections.find((one) => one.section_id === id)?.name ?? String(id));
  return (
    <Table
      columns={[t("speed.section"), ...parts.map((part) => t(`marking.several.standing.${part}`))]}
    >
      {lines.map((line) => (
        <tr key={line.section_id ?? 0}>
          <th scope="row">{nameOf(line.section_id)}</th>
          {parts.map((part) => (
            <td key={part} className="figures" data-label={t(`marking.several.standing.${part}`)}>
              {line[part]}
            </td>
          ))}
        </tr>
      ))}
    </Table>
  );
}
