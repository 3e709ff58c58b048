import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { Combobox } from "../../../ui/combobox";
import { searchPeople } from "../admin-api";

interface PersonPickerProps {
  label: string;
  onPick: (person: { user_id: number; name: string }) => void;
}

/** Finds one person by name or e-mail; the field empties itself once somebody is chosen. */
export function PersonPicker({ label, onPick }: PersonPickerProps) {
  const [text, setText] = useState("");
  const search = useDeferredValue(text.trim());
  const hits = useQuery(searchPeople(search)).data ?? [];
  return (
    <Combobox
      label={label}
      text={text}
      options={
        search.length < 2
          ? []
          : hits.map((hit) => ({
              value: String(hit.user_id),
              label: hit.name,
              hint: hit.email ?? "",
            }))
      }
      onText={setText}
      onPick={(option) => {
        setText("");
        onPick({ user_id: Number(option.value), name: option.label });
      }}
    />
  );
}
