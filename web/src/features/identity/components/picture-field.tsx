import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FileButton } from "../../../ui/file-button";
import { ActionFailed } from "../../../ui/states";

interface PictureFieldProps {
  label: string;
  /** The picture as it is now. */
  children: ReactNode;
  onSave: (file: File) => Promise<unknown>;
  /** What shows the picture and is read again. */
  shownBy: QueryKey[];
}

/** A picture that is replaced as soon as another one is chosen. */
export function PictureField({ label, children, onSave, shownBy }: PictureFieldProps) {
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: onSave,
    onSuccess: () =>
      Promise.all(shownBy.map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
  });
  return (
    <div className="stack-tight">
      <div className="row">
        {children}
        <FileButton
          accept="image/png,image/jpeg,image/webp"
          onFile={(file) => mutation.mutate(file)}
        >
          {label}
        </FileButton>
      </div>
      <ActionFailed error={mutation.error} />
    </div>
  );
}
