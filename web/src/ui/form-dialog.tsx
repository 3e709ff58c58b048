import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Form } from "./form";

interface FormDialogProps {
  title: string;
  mutation: { mutate: () => void; isPending: boolean; error: unknown };
  /** What the button says, when it is not "Save". */
  save?: string;
  /** What is done cannot be undone here. */
  danger?: boolean;
  disabled?: boolean;
  wide?: boolean;
  /** What else can be done here, before the two buttons. */
  extra?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** A few fields, and the two ways out. */
export function FormDialog(props: FormDialogProps) {
  const { title, mutation, save, danger, disabled, wide, extra, onClose, children } = props;
  const { t } = useTranslation();
  return (
    <Dialog title={title} wide={wide} onClose={onClose}>
      <Form
        error={mutation.error}
        onSubmit={() => !mutation.isPending && !disabled && mutation.mutate()}
      >
        {children}
        <div className="dialog-actions">
          {extra}
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button
            kind={danger ? "danger" : "primary"}
            type="submit"
            disabled={disabled}
            busy={mutation.isPending}
          >
            {save ?? t("action.save")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
