import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "../../ui/page";

export default function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("problem.title.notFound")}>
      <p>{t("problem.notFound")}</p>
      <p>
        <Link to="/">{t("problem.goHome")}</Link>
      </p>
    </Page>
  );
}
