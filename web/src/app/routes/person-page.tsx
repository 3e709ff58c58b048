import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { courseQuery } from "../../features/courses/api";
import { CoursePicker } from "../../features/courses/components/course-picker";
import { AccessReasons } from "../../features/identity/components/access-reasons";
import { PersonScreen } from "../../features/identity/components/person-screen";

/** A person, and why they see what they see; the courses in it have their names. */
export default function PersonPage() {
  const { t } = useTranslation();
  const [courseId, setCourseId] = useState<number>();
  return (
    <PersonScreen
      links={(userId) => (
        <Link className="button" to={`/learners/${userId}/grade-points`}>
          {t("gradePoints.link")}
        </Link>
      )}
      access={(userId) => (
        <AccessReasons
          userId={userId}
          courseId={courseId}
          picker={
            <CoursePicker
              label={t("identity.access.course")}
              help={t("identity.access.courseHelp")}
              onPick={setCourseId}
            />
          }
          nameOf={(id) => <CourseName courseId={id} />}
        />
      )}
    />
  );
}

function CourseName({ courseId }: { courseId: number }) {
  const course = useQuery(courseQuery(courseId)).data;
  return course ? <Link to={`/courses/${courseId}`}>{course.title}</Link> : null;
}
