import { branch, page, shellRoute } from "./routes-root";

const courses = branch(shellRoute, "/courses", "nav.courses");
const course = branch(courses, "$courseId", "course", () => import("./routes/course-frame"));
const assignments = branch(course, "assignments", "course.assignments");
const assignment = branch(assignments, "$assignmentId", "assignment");
const files = branch(assignment, "files", "workFiles.title");
const similarity = branch(assignment, "similarity", "similarity.list");
const gradebook = branch(course, "gradebook", "course.gradebook");
const rubrics = branch(course, "rubrics", "course.rubrics");
const outcomes = branch(course, "outcomes", "course.outcomes");
const imports = branch(gradebook, "imports", "grading.files.import");
const grades = branch(course, "grades", "course.grades");

const observed = branch(shellRoute, "/learners/$userId/courses/$courseId", "observedCourse");

export const courseRoutes = [
  page(
    shellRoute,
    "/outcomes",
    () => import("../features/grading/routes/my-outcomes-page"),
    "nav.myOutcomes",
  ),
  page(
    shellRoute,
    "/learners/$userId/outcomes",
    () => import("../features/grading/routes/observed-outcomes-page"),
    "nav.outcomes",
  ),
  page(
    shellRoute,
    "/grade-points",
    () => import("../features/grading/routes/my-grade-points-page"),
    "nav.myGradePoints",
  ),
  page(
    shellRoute,
    "/learners/$userId/grade-points",
    () => import("../features/grading/routes/learner-grade-points-page"),
    "nav.myGradePoints",
  ),
  observed.addChildren([
    page(observed, "/", () => import("../features/grading/routes/observed-course-page")),
    page(
      observed,
      "assignments/$assignmentId",
      () => import("../features/grading/routes/observed-work-page"),
      "observedWork",
    ),
  ]),
  courses.addChildren([
    page(courses, "/", () => import("../features/courses/routes/courses-page")),
    course.addChildren([
      page(course, "/", () => import("./routes/course-home-page")),
      page(
        course,
        "people",
        () => import("../features/courses/routes/people-page"),
        "course.people",
      ),
      page(
        course,
        "groups",
        () => import("../features/courses/routes/groups-page"),
        "course.groups",
      ),
      page(
        course,
        "sections",
        () => import("../features/courses/routes/sections-page"),
        "course.sections",
      ),
      page(
        course,
        "grading",
        () => import("../features/grading/routes/grading-rules-page"),
        "course.grading",
      ),
      page(
        course,
        "settings",
        () => import("../features/courses/routes/settings-page"),
        "course.settings",
      ),
      gradebook.addChildren([
        page(gradebook, "/", () => import("./routes/gradebook-page")),
        page(
          gradebook,
          "exports",
          () => import("./routes/gradebook-exports-page"),
          "grading.files.export",
        ),
        imports.addChildren([
          page(imports, "/", () => import("../features/grading/routes/gradebook-imports-page")),
          page(
            imports,
            "$importId",
            () => import("../features/grading/routes/gradebook-import-page"),
            "grading.files.file",
          ),
        ]),
      ]),
      outcomes.addChildren([
        page(outcomes, "/", () => import("../features/grading/routes/course-outcomes-page")),
        page(outcomes, "mastery", () => import("./routes/mastery-page"), "course.mastery"),
      ]),
      rubrics.addChildren([
        page(
          rubrics,
          "new",
          () => import("../features/grading/routes/rubric-new-page"),
          "course.newRubric",
        ),
        page(
          rubrics,
          "$rubricId",
          () => import("../features/grading/routes/rubric-page"),
          "course.rubric",
        ),
        page(rubrics, "/", () => import("../features/grading/routes/rubrics-page")),
      ]),
      grades.addChildren([
        page(grades, "/", () => import("../features/grading/routes/my-grades-page")),
        page(grades, "$userId", () => import("../features/grading/routes/learner-grades-page")),
      ]),
      assignments.addChildren([
        page(assignments, "/", () => import("../features/grading/routes/assignments-page")),
        page(
          assignments,
          "new",
          () => import("./routes/assignment-new-page"),
          "course.newAssignment",
        ),
        assignment.addChildren([
          page(assignment, "/", () => import("./routes/assignment-page")),
          page(assignment, "grade", () => import("./routes/speed-page"), "course.speed"),
          page(
            assignment,
            "moderation",
            () => import("./routes/moderation-page"),
            "course.moderation",
          ),
          page(
            assignment,
            "calibration",
            () => import("../features/grading/routes/calibration-page"),
            "course.calibration",
          ),
          page(assignment, "edit", () => import("./routes/assignment-edit-page"), "course.edit"),
          page(
            assignment,
            "questions",
            () => import("../features/grading/routes/questions-page"),
            "questions.title",
          ),
          page(
            assignment,
            "by-question",
            () => import("../features/grading/routes/by-question-page"),
            "byQuestion.title",
          ),
          page(
            assignment,
            "peers",
            () => import("../features/grading/routes/peers-page"),
            "course.peers",
          ),
          page(
            assignment,
            "reviews",
            () => import("../features/grading/routes/reviews-page"),
            "course.reviews",
          ),
          page(
            assignment,
            "submissions",
            () => import("../features/grading/routes/submissions-page"),
            "course.submissions",
          ),
          files.addChildren([
            page(files, "/", () => import("../features/grading/routes/work-files-page")),
            page(
              files,
              "$importId",
              () => import("../features/grading/routes/feedback-import-page"),
              "workFiles.feedback.file",
            ),
          ]),
          similarity.addChildren([
            page(similarity, "/", () => import("../features/grading/routes/similarity-page")),
            page(
              similarity,
              "$submissionId",
              () => import("../features/grading/routes/similarity-report-page"),
              "similarity.report",
            ),
          ]),
        ]),
      ]),
    ]),
  ]),
];
