import { useInfiniteQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { itemsOf } from "../../../lib/query-client";
import { Combobox } from "../../../ui/combobox";
import { coursesQuery } from "../api";

interface CoursePickerProps {
  label: string;
  help?: string;
  /** A course that cannot be meant. */
  except?: number;
  onPick: (courseId: number | undefined) => void;
}

/** Finds a course by its title or code. What is typed afterwards takes the choice back. */
export function CoursePicker({ label, help, except, onPick }: CoursePickerProps) {
  const [text, setText] = useState("");
  const [picked, setPicked] = useState(false);
  const search = useDeferredValue(picked ? "" : text.trim());
  const query = useInfiniteQuery({ ...coursesQuery({ search }), enabled: search.length > 1 });
  return (
    <Combobox
      label={label}
      help={help}
      text={text}
      options={itemsOf(query.data)
        .filter((course) => course.course_id !== except)
        .slice(0, 8)
        .map((c) => ({ value: String(c.course_id), label: c.title, hint: c.code }))}
      onText={(next) => {
        setText(next);
        setPicked(false);
        onPick(undefined);
      }}
      onPick={(option) => {
        setText(option.label);
        setPicked(true);
        onPick(Number(option.value));
      }}
    />
  );
}
