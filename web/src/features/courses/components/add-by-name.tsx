import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { ActionFailed } from "../../../ui/states";

interface AddByNameProps {
  label: string;
  mutation: {
    mutate: (name: string, options: { onSuccess: () => void }) => void;
    isPending: boolean;
    error: unknown;
  };
}

/** One field and one button for things that only need a name. */
export function AddByName({ label, mutation }: AddByNameProps) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  return (
    <form
      className="stack-tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() && !mutation.isPending) {
          mutation.mutate(name.trim(), { onSuccess: () => setName("") });
        }
      }}
    >
      <div className="toolbar">
        <TextField label={label} value={name} onChange={(event) => setName(event.target.value)} />
        <Button type="submit" busy={mutation.isPending}>
          {t("action.add")}
        </Button>
      </div>
      <ActionFailed error={mutation.error} />
    </form>
  );
}
