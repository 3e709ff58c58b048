const palette = ["#1f4e79", "#7a3e9d", "#1d6b3a", "#a14a00", "#00696b", "#9b2257", "#4d5b00"];

/** A course's colour: a stripe beside its name, never a background for text. */
export function CourseStripe({ course }: { course: { course_id: number; color: string | null } }) {
  const colour = course.color ?? palette[course.course_id % palette.length];
  return (
    <span
      aria-hidden
      style={{ inlineSize: 4, alignSelf: "stretch", borderRadius: 2, background: colour }}
    />
  );
}
