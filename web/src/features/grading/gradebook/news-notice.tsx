import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import { Tray } from "../../../ui/tray";
import { When } from "../../../ui/when";
import { type GradebookNews, gradebookNewsQuery, recordLook } from "../grades-api";
import { useEntryWords } from "./batch-preview";
import type { GradebookModel } from "./gradebook-model";
import type { Cell } from "./use-gradebook";

interface NewsNoticeProps {
  courseId: number;
  model: GradebookModel;
  /** Takes the focus to a cell of the grid. */
  onJump: (cell: Cell) => void;
}

/** What others changed since this person last had the gradebook open; leaving it is remembered. */
export function NewsNotice({ courseId, model, onJump }: NewsNoticeProps) {
  const { t } = useTranslation();
  const { data } = useQuery(gradebookNewsQuery(courseId));
  const [state, setState] = useState<"told" | "open" | "done">("told");
  useRememberedLook(courseId);
  if (!data?.since || state === "done") return null;
  const count = data.items.length;
  if (count === 0 && data.recalculations.length === 0) return null;
  return (
    <>
      <div className="notice" role="status">
        <span className="grow">
          {count === 0
            ? t("grading.news.recalculated")
            : t(data.more ? "grading.news.more" : "grading.news.count", { count })}{" "}
          <When at={data.since} relative />
        </span>
        <Button onClick={() => setState("open")}>{t("grading.news.show")}</Button>
        <Button kind="quiet" onClick={() => setState("done")}>
          {t("grading.news.dismiss")}
        </Button>
      </div>
      {state === "open" && (
        <Tray title={t("grading.news.title")} onClose={() => setState("told")}>
          <ol className="rows">
            {data.items.map((item) => (
              <NewsLine
                key={`${item.user_id}:${item.assignment_id}`}
                item={item}
                model={model}
                onJump={(cell) => {
                  setState("told");
                  // The tray gives the focus back when it closes; the cell takes it after that.
                  requestAnimationFrame(() => onJump(cell));
                }}
              />
            ))}
          </ol>
          <Recalculations list={data.recalculations} />
        </Tray>
      )}
    </>
  );
}

/** Why all totals moved: a total that changed without a grade having changed is explained here. */
function Recalculations({ list }: { list: GradebookNews["recalculations"] }) {
  const { t } = useTranslation();
  if (list.length === 0) return null;
  return (
    <section>
      <h3>{t("grading.news.totals")}</h3>
      <ul className="rows">
        {list.map((one) => (
          <li key={`${one.at}:${one.cause}:${one.subject_id ?? ""}`} className="rows-link">
            <span className="grow">
              {t(`grading.news.cause.${one.cause}`, { name: one.subject_name ?? "" })}
              <span className="small muted">
                {" · "}
                {one.actor_name} <When at={one.at} relative />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface NewsLineProps {
  item: GradebookNews["items"][number];
  model: GradebookModel;
  onJump: (cell: Cell) => void;
}

function NewsLine({ item, model, onJump }: NewsLineProps) {
  const { t } = useTranslation();
  const words = useEntryWords();
  const cell = { userId: item.user_id, assignmentId: item.assignment_id };
  const student = model.students.find((one) => one.user_id === cell.userId);
  const assignment = model.assignments.find((one) => one.assignment_id === cell.assignmentId);
  const from = { score: item.score_before, excused: item.status_before === "excused" };
  const to = { score: item.score_now, excused: item.status_now === "excused" };
  return (
    <li className="rows-link">
      <span className="grow">
        <strong>{student?.name}</strong> · {assignment?.title}
        <br />
        <span className="figures">
          {t("grading.batch.becomes", { from: words(from), to: words(to) })}
        </span>
        <span className="small muted">
          {" · "}
          {item.actor_name} <When at={item.at} relative />
        </span>
      </span>
      <Button
        aria-label={t("grading.news.goTo", {
          name: student?.name ?? "",
          assignment: assignment?.title ?? "",
        })}
        onClick={() => onJump(cell)}
      >
        {t("grading.news.go")}
      </Button>
    </li>
  );
}

/** The page is left by another page of the product, by another tab, or by closing it. */
function useRememberedLook(courseId: number) {
  useEffect(() => {
    const remember = () => void recordLook(courseId).catch(() => undefined);
    const whenHidden = () => document.visibilityState === "hidden" && remember();
    document.addEventListener("visibilitychange", whenHidden);
    return () => {
      document.removeEventListener("visibilitychange", whenHidden);
      remember();
    };
  }, [courseId]);
}
