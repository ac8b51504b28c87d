namespace Esb.Tables.Protocol;

/// <summary>What an answer of the service is made of.</summary>
/// <param name="Status">The status code of HTTP.</param>
/// <param name="Body">A document of JSON.</param>
public readonly record struct TablesAnswer(int Status, ReadOnlyMemory<byte> Body);
