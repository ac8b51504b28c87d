using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Esb.Architecture.Tests.Namespaces;

/// <summary>The types of the same assembly that a handle or a signature names.</summary>
internal sealed class NamedTypes(MetadataReader metadata) : ISignatureTypeProvider<ImmutableArray<NamedType>, object?>
{
    /// <summary>The types that the handle of a type, a method, a field or a specification names.</summary>
    public IEnumerable<NamedType> Of(EntityHandle handle)
    {
        if (handle.IsNil)
            return [];
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                return [Outermost((TypeDefinitionHandle)handle)];
            case HandleKind.TypeSpecification:
                return metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null);
            case HandleKind.FieldDefinition:
                return [Outermost(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType())];
            case HandleKind.MethodDefinition:
                return [Outermost(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType())];
            case HandleKind.MethodSpecification:
                var method = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                return Of(method.Method).Concat(method.DecodeSignature(this, null).SelectMany(types => types));
            case HandleKind.MemberReference:
                return Of(metadata.GetMemberReference((MemberReferenceHandle)handle));
            default:
                return [];
        }
    }

    /// <summary>The type itself, or the outermost type that it is nested in.</summary>
    public NamedType Outermost(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } around
            ? Outermost(around)
            : new NamedType(metadata.GetString(type.Namespace), metadata.GetString(type.Name));
    }

    public ImmutableArray<NamedType> GetTypeFromDefinition(
        MetadataReader reader,
        TypeDefinitionHandle handle,
        byte rawTypeKind) =>
        [Outermost(handle)];

    public ImmutableArray<NamedType> GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        [.. Of(handle)];

    public ImmutableArray<NamedType> GetGenericInstantiation(
        ImmutableArray<NamedType> genericType, ImmutableArray<ImmutableArray<NamedType>> typeArguments) =>
        [.. genericType, .. typeArguments.SelectMany(types => types)];

    public ImmutableArray<NamedType> GetFunctionPointerType(MethodSignature<ImmutableArray<NamedType>> signature) =>
        [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(types => types)];

    public ImmutableArray<NamedType> GetModifiedType(
        ImmutableArray<NamedType> modifier, ImmutableArray<NamedType> unmodifiedType, bool isRequired) =>
        unmodifiedType;

    public ImmutableArray<NamedType> GetArrayType(ImmutableArray<NamedType> elementType, ArrayShape shape) =>
        elementType;

    public ImmutableArray<NamedType> GetSZArrayType(ImmutableArray<NamedType> elementType) => elementType;

    public ImmutableArray<NamedType> GetByReferenceType(ImmutableArray<NamedType> elementType) => elementType;

    public ImmutableArray<NamedType> GetPointerType(ImmutableArray<NamedType> elementType) => elementType;

    public ImmutableArray<NamedType> GetPinnedType(ImmutableArray<NamedType> elementType) => elementType;

    public ImmutableArray<NamedType> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

    public ImmutableArray<NamedType> GetTypeFromReference(
        MetadataReader reader,
        TypeReferenceHandle handle,
        byte rawTypeKind) => [];

    public ImmutableArray<NamedType> GetGenericMethodParameter(object? genericContext, int index) => [];

    public ImmutableArray<NamedType> GetGenericTypeParameter(object? genericContext, int index) => [];

    private IEnumerable<NamedType> Of(MemberReference member) => Of(member.Parent).Concat(
        member.GetKind() == MemberReferenceKind.Field
            ? member.DecodeFieldSignature(this, null)
            : Of(member.DecodeMethodSignature(this, null)));

    private static IEnumerable<NamedType> Of(MethodSignature<ImmutableArray<NamedType>> signature) =>
        signature.ReturnType.Concat(signature.ParameterTypes.SelectMany(types => types));
}
