import "./derivation.css";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber, formatPercent } from "../../../lib/numbers";
import type { DerivationNode } from "../grades-api";

interface DerivationTreeProps {
  node: DerivationNode;
  /** Names of the assignments and groups that the nodes speak of. */
  names: Map<string, string>;
}

const groupKinds = /^group_|^weight$/;
const courseKinds = /^course_grade_points$|^credits$/;
const OPEN_DEPTH = 2;

/** The whole of a number in words: each line says what it is, its value and why. */
export function DerivationTree({ node, names }: DerivationTreeProps) {
  const { t } = useTranslation();
  return (
    <ul className="derivation" aria-label={t("grading.explain.title")}>
      <Branch node={node} names={names} depth={0} />
    </ul>
  );
}

interface BranchProps extends DerivationTreeProps {
  depth: number;
}

function Branch({ node, names, depth }: BranchProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(depth < OPEN_DEPTH);
  const value = useValue(node);
  const label = useLabel(node, names);
  const line = (
    <>
      <span className="grow">
        {label}
        {node.inputs.length > 1 && (
          <span className="muted small">
            {" "}
            {t(`grading.derivation.operation.${node.operation}`, { defaultValue: "" })}
          </span>
        )}
        {node.reasons.map((reason) => (
          <span key={reason} className="derivation-reason">
            {t(`grading.derivation.reason.${reason}`)}
          </span>
        ))}
        {!node.counts && node.reasons.length === 0 && (
          <span className="derivation-reason">{t("grading.explain.notCounted")}</span>
        )}
      </span>
      <span className="figures derivation-value">
        {value}
        {node.letter && (
          <>
            {" "}
            <bdi>{node.letter}</bdi>
          </>
        )}
      </span>
    </>
  );
  return (
    <li data-aside={!node.counts || undefined}>
      {node.inputs.length === 0 ? (
        <div className="derivation-line">{line}</div>
      ) : (
        <button
          type="button"
          className="derivation-line"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {line}
        </button>
      )}
      {open && node.inputs.length > 0 && (
        <ul>
          {node.inputs.map((input, i) => (
            <Branch
              // biome-ignore lint/suspicious/noArrayIndexKey: inputs are ordered and never move
              key={i}
              node={input}
              names={names}
              depth={depth + 1}
            />
          ))}
        </ul>
      )}
    </li>
  );
}

function useLabel(node: DerivationNode, names: Map<string, string>): string {
  const { t } = useTranslation();
  const kind = t(`grading.derivation.kind.${node.kind}`);
  if (node.subject_id === null || node.subject_id === undefined) return kind;
  if (node.kind === "attempt_score") return t("grading.attempt", { number: node.subject_id });
  const subject = courseKinds.test(node.kind)
    ? "course"
    : groupKinds.test(node.kind)
      ? "group"
      : "item";
  const name = names.get(`${subject}:${node.subject_id}`);
  if (!name) return kind;
  return node.kind === "item_score" ? name : t("grading.explain.of", { kind, name });
}

function useValue(node: DerivationNode): string {
  const { t } = useTranslation();
  const locale = useLocale();
  if (node.value === null) return t("grading.noGrade");
  switch (node.unit) {
    case "percent":
      return formatPercent(node.value, locale);
    case "share":
      return formatPercent(node.value * 100, locale);
    case "seconds":
      return t("grading.explain.hours", { hours: formatNumber(node.value / 3600, locale, 1) });
    default:
      return formatNumber(node.value, locale);
  }
}

/** The names a tree needs, from the lists its page already holds. */
export function derivationNames(
  items: { assignment_id: number; title: string }[],
  groups: { group_id: number; name: string }[],
): Map<string, string> {
  const names = new Map<string, string>();
  for (const item of items) names.set(`item:${item.assignment_id}`, item.title);
  for (const group of groups) names.set(`group:${group.group_id}`, group.name);
  return names;
}
