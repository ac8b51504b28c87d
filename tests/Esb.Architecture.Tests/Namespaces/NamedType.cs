namespace Esb.Architecture.Tests.Namespaces;

/// <summary>A type that is not nested in another one.</summary>
internal readonly record struct NamedType(string Namespace, string Name)
{
    /// <summary>Whether ESB's own code declares it; source generators use other namespaces.</summary>
    public bool IsOurs => Namespace == "Esb" || Namespace.StartsWith("Esb.", StringComparison.Ordinal);
}
