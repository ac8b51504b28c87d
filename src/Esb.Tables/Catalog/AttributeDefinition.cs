using Esb.Tables.Values;

namespace Esb.Tables.Catalog;

/// <summary>An attribute that is part of the key of a table or of one of its indexes.</summary>
/// <param name="Name">The name of the attribute.</param>
/// <param name="Type">S, N or B.</param>
public sealed record AttributeDefinition(string Name, AttributeType Type);
