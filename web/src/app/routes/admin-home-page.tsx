import { useTranslation } from "react-i18next";
import { useSession } from "../../lib/session";
import { Page } from "../../ui/page";
import AdminBoard from "./admin-board";

export default function AdminHomePage() {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <Page title={session?.institution.name ?? t("nav.admin")}>
      <AdminBoard />
    </Page>
  );
}
