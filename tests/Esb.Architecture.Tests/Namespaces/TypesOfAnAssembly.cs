using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Esb.Architecture.Tests.Namespaces;

/// <summary>
/// The types of an assembly that each of its types refers to in its bases, members, attributes, constraints and the
/// code of its methods. Uses of constants are not seen, because the compiler copies their values.
/// </summary>
internal sealed class TypesOfAnAssembly : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly NamedTypes _named;

    public TypesOfAnAssembly(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _metadata = _file.GetMetadataReader();
        _named = new NamedTypes(_metadata);
    }

    /// <summary>The namespaces that each namespace of the assembly depends on.</summary>
    public Dictionary<string, HashSet<string>> Needs()
    {
        var needs = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var (from, to) in References())
        {
            needs.TryAdd(from.Namespace, new HashSet<string>(StringComparer.Ordinal));
            if (to.Namespace != from.Namespace)
                needs[from.Namespace].Add(to.Namespace);
        }

        return needs;
    }

    /// <summary>
    /// Each reference between two types of ESB in this assembly; a nested type counts as the one that contains it.
    /// </summary>
    public IEnumerable<(NamedType From, NamedType To)> References() =>
        from handle in _metadata.TypeDefinitions
        let type = _named.Outermost(handle)
        where type.IsOurs
        from other in Of(_metadata.GetTypeDefinition(handle)).Append(type).Distinct()
        where other.IsOurs
        select (type, other);

    public void Dispose() => _file.Dispose();

    private IEnumerable<NamedType> Of(TypeDefinition type) =>
    [
        .. _named.Of(type.BaseType),
        .. Of(type.GetCustomAttributes()),
        .. Of(type.GetGenericParameters()),
        .. type.GetInterfaceImplementations()
            .SelectMany(i => _named.Of(_metadata.GetInterfaceImplementation(i).Interface)),
        .. type.GetFields().Select(_metadata.GetFieldDefinition)
            .SelectMany(field => field.DecodeSignature(_named, null).Concat(Of(field.GetCustomAttributes()))),
        .. type.GetProperties().SelectMany(p => Of(_metadata.GetPropertyDefinition(p).GetCustomAttributes())),
        .. type.GetMethods().SelectMany(method => Of(_metadata.GetMethodDefinition(method))),
    ];

    private IEnumerable<NamedType> Of(MethodDefinition method)
    {
        var signature = method.DecodeSignature(_named, null);
        return
        [
            .. signature.ReturnType,
            .. signature.ParameterTypes.SelectMany(types => types),
            .. Of(method.GetCustomAttributes()),
            .. Of(method.GetGenericParameters()),
            .. method.RelativeVirtualAddress == 0 ? [] : Of(_file.GetMethodBody(method.RelativeVirtualAddress)),
        ];
    }

    private IEnumerable<NamedType> Of(MethodBodyBlock body) =>
    [
        .. body.LocalSignature.IsNil
            ? []
            : _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_named, null)
                .SelectMany(t => t),
        .. body.ExceptionRegions.SelectMany(region => _named.Of(region.CatchType)),
        .. TokensOfCode.In(body.GetILReader()).SelectMany(_named.Of),
    ];

    private IEnumerable<NamedType> Of(CustomAttributeHandleCollection attributes) =>
        attributes.SelectMany(attribute => _named.Of(_metadata.GetCustomAttribute(attribute).Constructor));

    private IEnumerable<NamedType> Of(GenericParameterHandleCollection parameters) =>
        from parameter in parameters
        from constraint in _metadata.GetGenericParameter(parameter).GetConstraints()
        from type in _named.Of(_metadata.GetGenericParameterConstraint(constraint).Type)
        select type;
}
