import { type ReactNode, useId } from "react";

interface FileButtonProps {
  accept: string;
  kind?: "primary";
  disabled?: boolean;
  onFile: (file: File) => void;
  children: ReactNode;
}

/** Chooses one file. The input keeps the focus and the name; what is seen is its label, as a button. */
export function FileButton({ accept, kind, disabled, onFile, children }: FileButtonProps) {
  const id = useId();
  return (
    <>
      <input
        id={id}
        className="visually-hidden"
        type="file"
        accept={accept}
        disabled={disabled}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          // The same file can be chosen again, after it was mended.
          event.target.value = "";
        }}
      />
      <label className="button" data-kind={kind} htmlFor={id}>
        {children}
      </label>
    </>
  );
}
