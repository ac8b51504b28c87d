namespace Esb.Tables.Protocol;

/// <summary>An answer of the service.</summary>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Body">A JSON document.</param>
public readonly record struct TablesAnswer(int Status, ReadOnlyMemory<byte> Body);
