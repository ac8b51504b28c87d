namespace Esb.Schema.Diagnostics;

/// <summary>The position of a node. The default value means that a program made the node.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
public readonly record struct Place(string? File, int Line, int Column);
