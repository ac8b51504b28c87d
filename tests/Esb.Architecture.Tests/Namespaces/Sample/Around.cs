using Esb.Architecture.Tests.Namespaces.Sample.Within;

namespace Esb.Architecture.Tests.Namespaces.Sample;

/// <summary>Used by the nested namespace, which it uses itself.</summary>
[AttributeUsage(AttributeTargets.All)]
internal class Around : Attribute
{
    public static string Below => nameof(InCode) + new InCode();
}
