namespace Lectern.Platform.Tenancy;

/// <summary>What the catalogue knows of an institution. <c>Era</c> grows with every move, so audit seals never span two clusters.</summary>
public sealed record Tenant(
    TenantId Id, string Slug, string Name, TenantState State, Cell Cell, string Plan, string? Region, int Era, string Locale)
{
    public bool Serves => State is TenantState.Active;
}

public enum TenantState { Creating, Active, Suspended, Moving, Deleted }

/// <summary>
/// One schema that holds all tenant tables: of many institutions (pooled), of one (schema), or of one in a database of its own.
/// The application never asks which; it asks the cell for a data source.
/// </summary>
public sealed record Cell(int Id, string Name, CellKind Kind, int DatabaseId, string Schema, string Role);

public enum CellKind { Pooled, Schema, Database }
