using Esb.Tables.Storage;

namespace Esb.Tables.Operations;

/// <summary>The services that operations use.</summary>
/// <param name="Database">The tables.</param>
/// <param name="Arns">The ARNs of resources in the account and region.</param>
/// <param name="Time">The clock.</param>
internal sealed record TablesContext(TableDatabase Database, TableArns Arns, TimeProvider Time);
