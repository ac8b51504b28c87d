namespace Esb.Tables.Errors;

/// <summary>Errors about tables that do not exist, already exist, or are being changed.</summary>
public static class ResourceErrors
{
    /// <summary>An operation on items names a table that does not exist.</summary>
    public static TableException NotFound() => new("ResourceNotFoundException", "Requested resource not found");

    /// <summary>An operation on a table names a table that does not exist.</summary>
    /// <param name="table">The name of the table.</param>
    public static TableException TableNotFound(string table) =>
        new("ResourceNotFoundException", $"Requested resource not found: Table: {table} not found");

    /// <summary>A resource is being changed, or already exists.</summary>
    /// <param name="message">AWS's message.</param>
    public static TableException InUse(string message) => new("ResourceInUseException", message);
}
