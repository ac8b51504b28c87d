using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Esb.Architecture.Tests.Namespaces;

/// <summary>The types, methods and fields that the instructions of a method name.</summary>
internal static class TokensOfCode
{
    private static readonly Dictionary<int, OpCode> OpCodes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    public static IEnumerable<EntityHandle> In(BlobReader code)
    {
        List<EntityHandle> found = [];
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            if (value == 0xFE) // the first byte of an opcode with two
                value = (value << 8) | code.ReadByte();
            var operand = OpCodes[value].OperandType;
            if (operand is OperandType.InlineType or OperandType.InlineMethod or OperandType.InlineField
                or OperandType.InlineTok)
                found.Add((EntityHandle)MetadataTokens.Handle(code.ReadInt32()));
            else
                _ = code.ReadBytes(operand == OperandType.InlineSwitch ? 4 * code.ReadInt32() : SizeOf(operand));
        }

        return found;
    }

    private static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
