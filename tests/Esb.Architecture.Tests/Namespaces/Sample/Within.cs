namespace Esb.Architecture.Tests.Namespaces.Sample.Within;

// Each names a type of the enclosing namespace, without an import, in a different kind of code.
[AttributeUsage(AttributeTargets.All)]
internal sealed class InABase : Around;

internal sealed class InAField
{
    public List<Around[]> Field = [];
}

internal sealed class InASignature
{
    public static void Take(IReadOnlyDictionary<string, Around>? _)
    {
    }
}

internal sealed class InCode
{
    public override string ToString() => string.Concat(new object[] { 1 }.OfType<Around>());
}

[Around]
internal sealed class InAnAttribute;

internal sealed class InAConstraint
{
    public static string Name<T>()
        where T : Around => typeof(T).Name;
}

internal sealed class InANestedType
{
    internal sealed class Nested
    {
        public static bool Is(object other) => other is Around;
    }
}
