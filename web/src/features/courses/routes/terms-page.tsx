import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../lib/problem";
import { useTimeZone } from "../../../lib/session";
import { Button } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import { InstantField } from "../../../ui/instant-field";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { Empty } from "../../../ui/states";
import { When } from "../../../ui/when";
import { createTerm, saveTerm, type Term, termsQuery } from "../api";

export default function TermsPage() {
  const { t } = useTranslation();
  const query = useQuery(termsQuery);
  const [open, setOpen] = useState<Term | "new">();
  return (
    <Page
      title={t("nav.terms")}
      actions={
        <Button kind="primary" onClick={() => setOpen("new")}>
          {t("courses.terms.add")}
        </Button>
      }
    >
      <QueryView query={query} lines={3}>
        {(terms) =>
          terms.length === 0 ? (
            <Empty title={t("courses.terms.empty")}>{t("courses.terms.emptyHelp")}</Empty>
          ) : (
            <ul className="rows panel">
              {terms.map((term) => (
                <li key={term.term_id} className="rows-link">
                  <span className="grow">
                    <strong>{term.name}</strong>
                    <br />
                    <span className="small muted">
                      {!term.starts_at && !term.ends_at && t("courses.terms.noDates")}
                      {term.starts_at && <When at={term.starts_at} />}
                      {term.ends_at && (
                        <>
                          {" – "}
                          <When at={term.ends_at} />
                        </>
                      )}
                    </span>
                  </span>
                  <Button onClick={() => setOpen(term)}>{t("action.edit")}</Button>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
      {open && (
        <TermDialog term={open === "new" ? undefined : open} onClose={() => setOpen(undefined)} />
      )}
    </Page>
  );
}

function TermDialog({ term, onClose }: { term: Term | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const zone = useTimeZone();
  const [input, setInput] = useState({
    name: term?.name ?? "",
    starts_at: term?.starts_at ?? null,
    ends_at: term?.ends_at ?? null,
  });
  const mutation = useMutation({
    mutationFn: () =>
      term ? saveTerm(term.term_id, { ...input, version: term.version }) : createTerm(input),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: termsQuery.queryKey });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t(term ? "courses.terms.edit" : "courses.terms.add")}
      mutation={mutation}
      onClose={onClose}
    >
      <TextField
        label={t("courses.terms.name")}
        required
        value={input.name}
        error={fieldError(mutation.error, "name")}
        onChange={(event) => setInput({ ...input, name: event.target.value })}
      />
      <div className="form-grid">
        {(["starts_at", "ends_at"] as const).map((field) => (
          <InstantField
            key={field}
            label={t(`courses.terms.${field}`)}
            zone={zone}
            value={input[field]}
            error={fieldError(mutation.error, field)}
            onChange={(instant) => setInput({ ...input, [field]: instant })}
          />
        ))}
      </div>
    </FormDialog>
  );
}
