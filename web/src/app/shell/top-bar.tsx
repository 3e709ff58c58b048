import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Bell, Keyboard, LogOut, Search, UserRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { signOut } from "../../features/identity/api";
import { logoUrl } from "../../lib/base";
import { useSession } from "../../lib/session";
import { Avatar } from "../../ui/badge";
import { Menu, MenuItem } from "../../ui/menu";
import { Crumbs } from "./crumbs";
import { ThemeChoice } from "./theme-choice";

interface TopBarProps {
  unread: number;
  onPalette: () => void;
  onKeys: () => void;
}

/** Where am I, search and commands, notifications, me. */
export function TopBar({ unread, onPalette, onKeys }: TopBarProps) {
  const { t } = useTranslation();
  const session = useSession();
  const institution = session?.institution;
  return (
    <header className="top-bar">
      <Link to="/" className="brand" aria-label={institution?.name ?? "Lectern"}>
        <img src={logoUrl(institution)} alt="" />
        <span>{institution?.name ?? "Lectern"}</span>
      </Link>
      <Crumbs />
      <button
        type="button"
        className="button search-button"
        onClick={onPalette}
        title={t("palette.open")}
      >
        <Search size={16} aria-hidden />
        <span>{t("palette.prompt")}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <Link
        to="/inbox"
        className="button"
        data-kind="quiet"
        data-square
        aria-label={unread ? t("nav.inboxUnread", { count: unread }) : t("nav.inbox")}
        title={t("nav.inbox")}
      >
        <Bell size={18} aria-hidden fill={unread ? "currentColor" : "none"} />
      </Link>
      <MeMenu onKeys={onKeys} />
    </header>
  );
}

function MeMenu({ onKeys }: { onKeys: () => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const queryClient = useQueryClient();

  async function leave() {
    await signOut();
    queryClient.clear();
    await navigate({ to: "/sign-in" });
  }

  const name = session?.user.name ?? "";
  return (
    <Menu
      label={t("nav.me", { name })}
      trigger={<Avatar name={name} url={session?.user.avatar_url} />}
    >
      <MenuItem icon={<UserRound size={16} />} onSelect={() => void navigate({ to: "/profile" })}>
        {t("nav.profile")}
      </MenuItem>
      <MenuItem icon={<Keyboard size={16} />} onSelect={onKeys}>
        {t("nav.keys")}
      </MenuItem>
      <ThemeChoice />
      <hr className="menu-divider" />
      <MenuItem icon={<LogOut size={16} className="flips" />} onSelect={() => void leave()}>
        {t("nav.signOut")}
      </MenuItem>
    </Menu>
  );
}
