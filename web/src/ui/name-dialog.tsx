import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { fieldError } from "../lib/problem";
import { TextField } from "./field";
import { FormDialog } from "./form-dialog";

interface NameDialogProps {
  title: string;
  label: string;
  name?: string;
  extra?: ReactNode;
  onSave: (name: string) => Promise<unknown>;
  onClose: () => void;
}

/** For things that only need a name, new or another one. */
export function NameDialog(props: NameDialogProps) {
  const { title, label, name: before, extra, onSave, onClose } = props;
  const [name, setName] = useState(before ?? "");
  const mutation = useMutation({ mutationFn: () => onSave(name.trim()), onSuccess: onClose });
  return (
    <FormDialog title={title} mutation={mutation} extra={extra} onClose={onClose}>
      <TextField
        label={label}
        required
        value={name}
        error={fieldError(mutation.error, "name")}
        onChange={(event) => setName(event.target.value)}
      />
    </FormDialog>
  );
}
