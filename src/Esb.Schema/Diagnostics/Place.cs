namespace Esb.Schema.Diagnostics;

/// <summary>Where a node stands. The default value means that it was made by a program.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
public readonly record struct Place(string? File, int Line, int Column);
