import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../../lib/address";
import { Page } from "../../../../ui/page";
import { QueryView } from "../../../../ui/query-view";
import { assignmentQuery } from "../../api";
import { questionKeyQuery } from "../questions-api";
import { AnswerQueue } from "./answer-queue";
import { QuestionList } from "./question-list";

/** Marking by question: first which one, then its answers. */
export function ByQuestionScreen({ assignmentId }: { assignmentId: number }) {
  const { t } = useTranslation();
  const [{ question: chosen }] = useFilters();
  const assignment = useQuery(assignmentQuery(assignmentId)).data;
  const query = useQuery(questionKeyQuery(assignmentId));
  return (
    <Page full title={assignment?.title ?? t("byQuestion.title")}>
      {assignment?.anonymous && <p className="notice">{t("marking.anonymous.desk")}</p>}
      <QueryView query={query}>
        {({ questions }) => {
          const question = questions.find((one) => one.question_id === chosen);
          return question ? (
            <AnswerQueue
              key={question.question_id}
              assignmentId={assignmentId}
              questions={questions}
              question={question}
            />
          ) : (
            <QuestionList assignmentId={assignmentId} questions={questions} />
          );
        }}
      </QueryView>
    </Page>
  );
}
