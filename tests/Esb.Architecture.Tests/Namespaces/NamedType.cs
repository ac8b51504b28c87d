namespace Esb.Architecture.Tests.Namespaces;

/// <summary>A type that no other type surrounds.</summary>
internal readonly record struct NamedType(string Namespace, string Name)
{
    /// <summary>Whether ESB's own code declares it; generators put what they need into other namespaces.</summary>
    public bool IsOurs => Namespace == "Esb" || Namespace.StartsWith("Esb.", StringComparison.Ordinal);
}
