import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { useCourseStanding } from "../../../lib/course-standing";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { GroupList } from "../components/group-list";
import { PolicyForm } from "../components/policy-form";
import { labelsQuery } from "../policy/labels-api";
import { LabelsPanel } from "../policy/labels-panel";
import { policyQuery } from "../policy-api";
import { RubricList } from "../rubrics/rubric-list";

/** How a course's grades are worked out: its groups, and the rules of the whole. */
export default function GradingRulesPage() {
  const { t } = useTranslation();
  const courseId = useId("courseId");
  const { may } = useCourseStanding();
  const query = useQuery(policyQuery(courseId));
  return (
    <Page title={t("course.grading")}>
      <QueryView query={query}>
        {(stored) => (
          <>
            <GroupList courseId={courseId} weighted={stored.policy.weighting === "percent"} />
            <RubricList courseId={courseId} />
            {may("grading_policy.manage") && (
              <PolicyForm key={stored.version} courseId={courseId} stored={stored} />
            )}
            {may("grading_policy.manage") && <LabelsOf courseId={courseId} />}
          </>
        )}
      </QueryView>
    </Page>
  );
}

function LabelsOf({ courseId }: { courseId: number }) {
  const query = useQuery(labelsQuery(courseId));
  return (
    <QueryView query={query} lines={4}>
      {(stored) => <LabelsPanel key={stored.version} courseId={courseId} stored={stored} />}
    </QueryView>
  );
}
